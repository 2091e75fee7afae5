-- CreateTable
CREATE TABLE "ItemFact" (
    "id" SERIAL NOT NULL,
    "itemCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL DEFAULT '',
    "quantity" DOUBLE PRECISION,
    "percent" DOUBLE PRECISION,
    "added" DOUBLE PRECISION,
    "target" DOUBLE PRECISION,
    "day" TEXT,
    "other" TEXT,
    "ownerId" TEXT,
    "undoes" INTEGER,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "ItemFact_pkey" PRIMARY KEY ("id")
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

-- AlterTable
ALTER TABLE "LedgerItem" ADD COLUMN     "endedAt" TIMESTAMP(3),
ADD COLUMN     "firstDeadline" TEXT,
ADD COLUMN     "firstTarget" DOUBLE PRECISION,
ADD COLUMN     "openedOn" TEXT,
ADD COLUMN     "parentCode" TEXT,
ADD COLUMN     "setLight" TEXT,
ADD COLUMN     "setLightUntil" TEXT,
ADD COLUMN     "setLightWhy" TEXT,
ADD COLUMN     "split" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "startOn" TEXT;

-- DropTable
DROP TABLE "ProgressReport";

-- DropTable
DROP TABLE "AcceptanceStep";


-- CreateIndex
CREATE INDEX "ItemFact_itemCode_id_idx" ON "ItemFact"("itemCode", "id");

-- CreateIndex
CREATE INDEX "ItemFact_kind_at_idx" ON "ItemFact"("kind", "at");

-- CreateIndex
CREATE INDEX "LedgerItem_departmentCode_idx" ON "LedgerItem"("departmentCode");

-- CreateIndex
CREATE INDEX "LedgerItem_ownerId_idx" ON "LedgerItem"("ownerId");

-- CreateIndex
CREATE INDEX "LedgerItem_leaderId_idx" ON "LedgerItem"("leaderId");

-- CreateIndex
CREATE INDEX "LedgerItem_parentCode_idx" ON "LedgerItem"("parentCode");

-- CreateIndex
CREATE INDEX "LedgerItem_acceptedAt_completedAt_deadline_idx" ON "LedgerItem"("acceptedAt", "completedAt", "deadline");

-- 原定时限 of what was extended so far.
UPDATE "LedgerItem" SET "firstDeadline" = (
  SELECT "oldDeadline" FROM "Extension" WHERE "Extension"."itemCode" = "LedgerItem"."code" AND "state" = 'approved' ORDER BY "id" LIMIT 1
);
