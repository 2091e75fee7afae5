-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "screenHeldBy" TEXT,
ADD COLUMN     "screenKey" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Session_screenKey_key" ON "Session"("screenKey");
