-- DropIndex
DROP INDEX "ItemFact_kind_at_idx";

-- CreateIndex
CREATE INDEX "ItemFact_kind_at_undoneAt_itemCode_idx" ON "ItemFact"("kind", "at", "undoneAt", "itemCode");
