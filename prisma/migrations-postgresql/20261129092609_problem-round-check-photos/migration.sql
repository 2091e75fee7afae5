-- AlterTable
ALTER TABLE "Material" ADD COLUMN     "inspection" TEXT;

-- CreateTable
CREATE TABLE "NoProblem" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "NoProblem_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NoProblem_month_departmentCode_idx" ON "NoProblem"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "Material_inspection_idx" ON "Material"("inspection");
