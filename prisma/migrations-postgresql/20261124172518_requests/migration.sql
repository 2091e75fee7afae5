-- AlterTable
ALTER TABLE "Question" ADD COLUMN     "byId" TEXT,
ADD COLUMN     "refusal" TEXT,
ADD COLUMN     "title" TEXT NOT NULL DEFAULT '';
