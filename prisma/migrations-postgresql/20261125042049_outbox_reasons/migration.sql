-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "broadcast" BOOLEAN,
ADD COLUMN     "msgid" TEXT,
ADD COLUMN     "reason" TEXT;

-- CreateIndex
CREATE INDEX "Outbox_parkedAt_idx" ON "Outbox"("parkedAt");
