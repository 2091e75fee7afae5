-- AlterTable
ALTER TABLE "StudyRecord" ALTER COLUMN "minutes" DROP NOT NULL;
