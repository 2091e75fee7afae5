-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN "buttons" TEXT;
ALTER TABLE "Outbox" ADD COLUMN "paper" TEXT;
