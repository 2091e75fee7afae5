-- AlterTable
ALTER TABLE "LedgerItem" ADD COLUMN     "byHand" BOOLEAN NOT NULL DEFAULT false;
