-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN "number" TEXT;
ALTER TABLE "Assignment" ADD COLUMN "objectedAt" DATETIME;
ALTER TABLE "Assignment" ADD COLUMN "objection" TEXT;
ALTER TABLE "Assignment" ADD COLUMN "signedAt" DATETIME;
ALTER TABLE "Assignment" ADD COLUMN "signedBy" TEXT;

-- CreateTable
CREATE TABLE "Handover" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "fromDepartment" TEXT NOT NULL,
    "toDepartment" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" DATETIME,
    "answer" TEXT
);

-- CreateTable
CREATE TABLE "Slip" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Handover_itemCode_id_idx" ON "Handover"("itemCode", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Slip_number_key" ON "Slip"("number");

-- CreateIndex
CREATE UNIQUE INDEX "Slip_itemCode_stage_key" ON "Slip"("itemCode", "stage");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_number_key" ON "Assignment"("number");
