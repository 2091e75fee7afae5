-- CreateTable
CREATE TABLE "ItemFact" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL DEFAULT '',
    "quantity" REAL,
    "percent" REAL,
    "added" REAL,
    "target" REAL,
    "day" TEXT,
    "other" TEXT,
    "ownerId" TEXT,
    "undoes" INTEGER,
    "undoneAt" DATETIME
);

-- What was reported and decided so far becomes facts, in the order it happened.
INSERT INTO "ItemFact" ("itemCode", "kind", "personId", "at", "note", "inboxKey", "quantity", "percent", "day", "undoneAt")
SELECT "itemCode", "kind", "personId", "at", "note", "inboxKey", "quantity", "percent", "day", "undoneAt" FROM (
  SELECT "itemCode", 'reported' AS "kind", "personId", "at", "note", "inboxKey", "quantity", "percent", NULL AS "day", "undoneAt", 1 AS "turn", "id" FROM "ProgressReport"
  UNION ALL
  SELECT "itemCode", "kind", "personId", "at", "note", '', NULL, NULL, NULL, NULL, 2, "id" FROM "AcceptanceStep"
  UNION ALL
  SELECT "itemCode", 'extended', "decidedBy", "decidedAt", "reason", '', NULL, NULL, "newDeadline", NULL, 3, "id" FROM "Extension" WHERE "state" = 'approved'
) AS "happened" ORDER BY "at", "turn", "id";

-- A step that was taken back points at nothing yet: the last one before it.
UPDATE "ItemFact" SET "kind" = 'undone', "undoes" = (
  SELECT MAX("step"."id") FROM "ItemFact" AS "step"
  WHERE "step"."itemCode" = "ItemFact"."itemCode" AND "step"."id" < "ItemFact"."id" AND "step"."kind" IN ('applied', 'returned')
) WHERE "kind" = 'withdrawn';
INSERT INTO "ItemFact" ("itemCode", "kind", "personId", "at", "undoes")
SELECT "itemCode", 'undone', "personId", "undoneAt", "id" FROM "ItemFact" WHERE "undoneAt" IS NOT NULL;
UPDATE "ItemFact" SET "undoneAt" = (SELECT "undo"."at" FROM "ItemFact" AS "undo" WHERE "undo"."undoes" = "ItemFact"."id")
WHERE "id" IN (SELECT "undoes" FROM "ItemFact" WHERE "undoes" IS NOT NULL);

-- DropIndex
DROP INDEX "ProgressReport_itemCode_id_idx";

-- DropIndex
DROP INDEX "AcceptanceStep_itemCode_id_idx";

-- DropTable
PRAGMA foreign_keys=off;
DROP TABLE "ProgressReport";
PRAGMA foreign_keys=on;

-- DropTable
PRAGMA foreign_keys=off;
DROP TABLE "AcceptanceStep";
PRAGMA foreign_keys=on;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_LedgerItem" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "no" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "target" REAL,
    "unit" TEXT,
    "departmentCode" TEXT NOT NULL,
    "leaderId" TEXT,
    "ownerId" TEXT,
    "deadline" TEXT NOT NULL,
    "firstTarget" REAL,
    "firstDeadline" TEXT,
    "startOn" TEXT,
    "openedOn" TEXT,
    "parentCode" TEXT,
    "split" BOOLEAN NOT NULL DEFAULT false,
    "percent" REAL,
    "quantity" REAL,
    "acceptedAt" DATETIME,
    "completedAt" DATETIME,
    "updatedAt" DATETIME,
    "endedAt" DATETIME,
    "setLight" TEXT,
    "setLightWhy" TEXT,
    "setLightUntil" TEXT,
    "remark" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_LedgerItem" ("acceptedAt", "category", "code", "completedAt", "deadline", "departmentCode", "leaderId", "level", "no", "ownerId", "percent", "quantity", "remark", "target", "title", "unit", "updatedAt") SELECT "acceptedAt", "category", "code", "completedAt", "deadline", "departmentCode", "leaderId", "level", "no", "ownerId", "percent", "quantity", "remark", "target", "title", "unit", "updatedAt" FROM "LedgerItem";
DROP TABLE "LedgerItem";
ALTER TABLE "new_LedgerItem" RENAME TO "LedgerItem";
CREATE UNIQUE INDEX "LedgerItem_no_key" ON "LedgerItem"("no");
CREATE INDEX "LedgerItem_departmentCode_idx" ON "LedgerItem"("departmentCode");
CREATE INDEX "LedgerItem_ownerId_idx" ON "LedgerItem"("ownerId");
CREATE INDEX "LedgerItem_leaderId_idx" ON "LedgerItem"("leaderId");
CREATE INDEX "LedgerItem_parentCode_idx" ON "LedgerItem"("parentCode");
CREATE INDEX "LedgerItem_acceptedAt_completedAt_deadline_idx" ON "LedgerItem"("acceptedAt", "completedAt", "deadline");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "ItemFact_itemCode_id_idx" ON "ItemFact"("itemCode", "id");

-- CreateIndex
CREATE INDEX "ItemFact_kind_at_idx" ON "ItemFact"("kind", "at");

-- 原定时限 of what was extended so far.
UPDATE "LedgerItem" SET "firstDeadline" = (
  SELECT "oldDeadline" FROM "Extension" WHERE "Extension"."itemCode" = "LedgerItem"."code" AND "state" = 'approved' ORDER BY "id" LIMIT 1
);
