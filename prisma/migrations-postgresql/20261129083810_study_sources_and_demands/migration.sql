-- AlterTable
ALTER TABLE "TestQuestion" ADD COLUMN     "removedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "SessionStep" (
    "id" SERIAL NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "byId" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "how" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "SessionStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MonthDemand" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "standing" BOOLEAN NOT NULL DEFAULT false,
    "departmentCode" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "demanded" BOOLEAN NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "MonthDemand_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SessionStep_sessionCode_id_idx" ON "SessionStep"("sessionCode", "id");

-- CreateIndex
CREATE INDEX "MonthDemand_month_idx" ON "MonthDemand"("month");
