-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Inbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "sender" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "closedAt" DATETIME,
    "parkedAt" DATETIME
);
INSERT INTO "new_Inbox" ("closedAt", "id", "key", "message", "parkedAt", "receivedAt", "tries") SELECT "closedAt", "id", "key", "message", "parkedAt", "receivedAt", "tries" FROM "Inbox";
DROP TABLE "Inbox";
ALTER TABLE "new_Inbox" RENAME TO "Inbox";
CREATE UNIQUE INDEX "Inbox_key_key" ON "Inbox"("key");
CREATE INDEX "Inbox_closedAt_parkedAt_id_idx" ON "Inbox"("closedAt", "parkedAt", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
