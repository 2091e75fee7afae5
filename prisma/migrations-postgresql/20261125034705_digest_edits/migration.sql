-- AlterTable
ALTER TABLE "Digest" ADD COLUMN     "editedBy" TEXT,
ADD COLUMN     "editedText" TEXT,
ADD COLUMN     "facts" TEXT;
