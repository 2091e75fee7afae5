-- AlterTable
ALTER TABLE "LedgerItem" ADD COLUMN     "fault" TEXT NOT NULL DEFAULT '';
