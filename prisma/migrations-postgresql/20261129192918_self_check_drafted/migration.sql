-- AlterTable
ALTER TABLE "SelfCheckHandIn" ADD COLUMN     "draftedAt" TIMESTAMP(3),
ADD COLUMN     "draftedBy" TEXT;
