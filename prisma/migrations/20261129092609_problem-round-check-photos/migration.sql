-- AlterTable
ALTER TABLE "Material" ADD COLUMN "inspection" TEXT;

-- CreateTable
CREATE TABLE "NoProblem" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateIndex
CREATE INDEX "NoProblem_month_departmentCode_idx" ON "NoProblem"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "Material_inspection_idx" ON "Material"("inspection");
