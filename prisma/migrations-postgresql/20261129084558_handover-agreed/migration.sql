-- AlterTable
ALTER TABLE "Handover" ADD COLUMN     "allowedAt" TIMESTAMP(3),
ADD COLUMN     "allowerId" TEXT;
