-- AlterTable
ALTER TABLE "Handover" ADD COLUMN "allowedAt" DATETIME;
ALTER TABLE "Handover" ADD COLUMN "allowerId" TEXT;
