-- AlterTable
ALTER TABLE "ContestEntry" ADD COLUMN "draftId" INTEGER;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Reflection" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME,
    "similarTo" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "draftId" INTEGER
);
INSERT INTO "new_Reflection" ("at", "departmentCode", "id", "inboxKey", "personId", "similarTo", "text", "title", "undoneAt") SELECT "at", "departmentCode", "id", "inboxKey", "personId", "similarTo", "text", "title", "undoneAt" FROM "Reflection";
DROP TABLE "Reflection";
ALTER TABLE "new_Reflection" RENAME TO "Reflection";
CREATE INDEX "Reflection_personId_at_idx" ON "Reflection"("personId", "at");
CREATE TABLE "new_Material" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "inboxKey" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT,
    "name" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "hash" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "notBefore" DATETIME NOT NULL,
    "itemCode" TEXT,
    "attachedAt" DATETIME,
    "draftId" INTEGER,
    "text" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_Material" ("at", "attachedAt", "bytes", "hash", "id", "inboxKey", "itemCode", "kind", "name", "notBefore", "personId", "position", "source", "state", "tries", "type") SELECT "at", "attachedAt", "bytes", "hash", "id", "inboxKey", "itemCode", "kind", "name", "notBefore", "personId", "position", "source", "state", "tries", "type" FROM "Material";
DROP TABLE "Material";
ALTER TABLE "new_Material" RENAME TO "Material";
CREATE INDEX "Material_state_notBefore_idx" ON "Material"("state", "notBefore");
CREATE INDEX "Material_itemCode_idx" ON "Material"("itemCode");
CREATE INDEX "Material_draftId_idx" ON "Material"("draftId");
CREATE INDEX "Material_personId_at_idx" ON "Material"("personId", "at");
CREATE UNIQUE INDEX "Material_inboxKey_position_key" ON "Material"("inboxKey", "position");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
