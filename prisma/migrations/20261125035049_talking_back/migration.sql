-- AlterTable
ALTER TABLE "Question" ADD COLUMN "talk" TEXT;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Deed" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "memo" TEXT NOT NULL,
    "said" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);
INSERT INTO "new_Deed" ("at", "handler", "id", "memo", "personId", "undoneAt") SELECT "at", "handler", "id", "memo", "personId", "undoneAt" FROM "Deed";
DROP TABLE "Deed";
ALTER TABLE "new_Deed" RENAME TO "Deed";
CREATE INDEX "Deed_personId_undoneAt_idx" ON "Deed"("personId", "undoneAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
