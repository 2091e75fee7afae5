-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Feedback" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL,
    "problem" TEXT NOT NULL DEFAULT '',
    "next" TEXT NOT NULL DEFAULT '',
    "helper" TEXT NOT NULL DEFAULT '',
    "done" BOOLEAN NOT NULL DEFAULT false,
    "inboxKey" TEXT NOT NULL DEFAULT '',
    "undoneAt" DATETIME
);
INSERT INTO "new_Feedback" ("at", "id", "inboxKey", "itemCode", "next", "personId", "problem", "text", "undoneAt") SELECT "at", "id", "inboxKey", "itemCode", "next", "personId", "problem", "text", "undoneAt" FROM "Feedback";
DROP TABLE "Feedback";
ALTER TABLE "new_Feedback" RENAME TO "Feedback";
CREATE INDEX "Feedback_itemCode_id_idx" ON "Feedback"("itemCode", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
