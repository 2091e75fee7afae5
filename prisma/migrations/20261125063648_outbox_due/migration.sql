-- CreateIndex
CREATE INDEX "Outbox_sentAt_parkedAt_id_idx" ON "Outbox"("sentAt", "parkedAt", "id");
