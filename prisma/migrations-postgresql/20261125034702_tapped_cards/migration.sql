-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "tapped" TEXT,
ADD COLUMN     "tappedAt" TIMESTAMP(3),
ADD COLUMN     "tappedBy" TEXT;
