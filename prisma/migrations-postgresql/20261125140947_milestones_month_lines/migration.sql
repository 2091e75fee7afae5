-- AlterTable
ALTER TABLE "LedgerItem" ADD COLUMN     "comparator" TEXT NOT NULL DEFAULT '>=',
ADD COLUMN     "evidence" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "milestones" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "nextMilestone" TEXT;

-- CreateTable
CREATE TABLE "MonthLine" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "done" TEXT NOT NULL DEFAULT '',
    "problems" TEXT NOT NULL DEFAULT '',
    "plans" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "MonthLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QueryLog" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "intent" TEXT NOT NULL,

    CONSTRAINT "QueryLog_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MonthLine_month_itemCode_idx" ON "MonthLine"("month", "itemCode");

-- CreateIndex
CREATE INDEX "QueryLog_at_idx" ON "QueryLog"("at");
