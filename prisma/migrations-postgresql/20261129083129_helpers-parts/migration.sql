-- AlterTable
ALTER TABLE "Feedback" ADD COLUMN     "done" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "helper" TEXT NOT NULL DEFAULT '';
