-- AlterTable
ALTER TABLE "ExamPaper" ADD COLUMN     "expects" TEXT NOT NULL DEFAULT '';
