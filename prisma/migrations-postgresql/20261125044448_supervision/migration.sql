-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "number" TEXT,
ADD COLUMN     "objectedAt" TIMESTAMP(3),
ADD COLUMN     "objection" TEXT,
ADD COLUMN     "signedAt" TIMESTAMP(3),
ADD COLUMN     "signedBy" TEXT;

-- CreateTable
CREATE TABLE "Handover" (
    "id" SERIAL NOT NULL,
    "itemCode" TEXT NOT NULL,
    "fromDepartment" TEXT NOT NULL,
    "toDepartment" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),
    "answer" TEXT,

    CONSTRAINT "Handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Slip" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Slip_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Handover_itemCode_id_idx" ON "Handover"("itemCode", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Slip_number_key" ON "Slip"("number");

-- CreateIndex
CREATE UNIQUE INDEX "Slip_itemCode_stage_key" ON "Slip"("itemCode", "stage");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_number_key" ON "Assignment"("number");
