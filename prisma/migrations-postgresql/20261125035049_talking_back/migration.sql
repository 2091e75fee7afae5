-- AlterTable
ALTER TABLE "Question" ADD COLUMN     "talk" TEXT;

-- AlterTable
ALTER TABLE "Deed" ADD COLUMN     "inboxKey" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "said" TEXT NOT NULL DEFAULT '';
