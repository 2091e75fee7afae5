-- AlterTable
ALTER TABLE "Reflection" ADD COLUMN     "draftId" INTEGER,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "ContestEntry" ADD COLUMN     "draftId" INTEGER;

-- AlterTable
ALTER TABLE "Material" ADD COLUMN     "draftId" INTEGER,
ADD COLUMN     "text" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "Material_draftId_idx" ON "Material"("draftId");
