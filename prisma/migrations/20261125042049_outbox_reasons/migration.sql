-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN "broadcast" BOOLEAN;
ALTER TABLE "Outbox" ADD COLUMN "msgid" TEXT;
ALTER TABLE "Outbox" ADD COLUMN "reason" TEXT;

-- CreateIndex
CREATE INDEX "Outbox_parkedAt_idx" ON "Outbox"("parkedAt");
