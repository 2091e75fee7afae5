-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "buttons" TEXT,
ADD COLUMN     "paper" TEXT;
