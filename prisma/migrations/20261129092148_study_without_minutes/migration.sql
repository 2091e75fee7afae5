-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_StudyRecord" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "minutes" INTEGER,
    "topic" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);
INSERT INTO "new_StudyRecord" ("at", "date", "departmentCode", "id", "inboxKey", "minutes", "personId", "topic", "undoneAt") SELECT "at", "date", "departmentCode", "id", "inboxKey", "minutes", "personId", "topic", "undoneAt" FROM "StudyRecord";
DROP TABLE "StudyRecord";
ALTER TABLE "new_StudyRecord" RENAME TO "StudyRecord";
CREATE INDEX "StudyRecord_personId_date_idx" ON "StudyRecord"("personId", "date");
CREATE INDEX "StudyRecord_date_idx" ON "StudyRecord"("date");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
