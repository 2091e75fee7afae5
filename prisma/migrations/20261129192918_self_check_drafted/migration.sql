-- AlterTable
ALTER TABLE "SelfCheckHandIn" ADD COLUMN "draftedAt" DATETIME;
ALTER TABLE "SelfCheckHandIn" ADD COLUMN "draftedBy" TEXT;
