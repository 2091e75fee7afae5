-- AlterTable
ALTER TABLE "Session" ADD COLUMN "screenHeldBy" TEXT;
ALTER TABLE "Session" ADD COLUMN "screenKey" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Session_screenKey_key" ON "Session"("screenKey");
