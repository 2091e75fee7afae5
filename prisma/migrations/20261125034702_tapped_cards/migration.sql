-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN "tapped" TEXT;
ALTER TABLE "Outbox" ADD COLUMN "tappedAt" DATETIME;
ALTER TABLE "Outbox" ADD COLUMN "tappedBy" TEXT;
