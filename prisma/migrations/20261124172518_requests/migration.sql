-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Question" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "byId" TEXT,
    "refusal" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "askedAt" DATETIME NOT NULL,
    "closedAt" DATETIME
);
INSERT INTO "new_Question" ("askedAt", "closedAt", "command", "handler", "id", "personId") SELECT "askedAt", "closedAt", "command", "handler", "id", "personId" FROM "Question";
DROP TABLE "Question";
ALTER TABLE "new_Question" RENAME TO "Question";
CREATE INDEX "Question_personId_closedAt_idx" ON "Question"("personId", "closedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
