-- CreateIndex
CREATE INDEX "ItemFact_at_itemCode_idx" ON "ItemFact"("at", "itemCode");
