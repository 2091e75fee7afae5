-- AlterTable
ALTER TABLE "Campaign" ADD COLUMN     "office" TEXT NOT NULL DEFAULT '';
