-- AlterTable
ALTER TABLE "Digest" ADD COLUMN "editedBy" TEXT;
ALTER TABLE "Digest" ADD COLUMN "editedText" TEXT;
ALTER TABLE "Digest" ADD COLUMN "facts" TEXT;
