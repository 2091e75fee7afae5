-- AlterTable
ALTER TABLE "Inbox" ADD COLUMN     "sender" TEXT NOT NULL DEFAULT '';
