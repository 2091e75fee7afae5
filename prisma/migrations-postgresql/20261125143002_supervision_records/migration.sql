-- AlterTable
ALTER TABLE "LedgerItem" ADD COLUMN     "measure" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "source" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "helpers" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "level" TEXT NOT NULL DEFAULT '一般',
ADD COLUMN     "rhythm" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "source" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Slip" ADD COLUMN     "answer" TEXT,
ADD COLUMN     "answeredAt" TIMESTAMP(3),
ADD COLUMN     "answeredBy" TEXT;

-- CreateTable
CREATE TABLE "Feedback" (
    "id" SERIAL NOT NULL,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "text" TEXT NOT NULL,
    "problem" TEXT NOT NULL DEFAULT '',
    "next" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL DEFAULT '',
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "id" SERIAL NOT NULL,
    "heldOn" TEXT NOT NULL,
    "attended" INTEGER,
    "decisions" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Inspection" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "heldOn" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "finding" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "itemCode" TEXT,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Inspection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LookBack" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "answer" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "answeredBy" TEXT,
    "answeredAt" TIMESTAMP(3),
    "newCode" TEXT,

    CONSTRAINT "LookBack_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Feedback_itemCode_id_idx" ON "Feedback"("itemCode", "id");

-- CreateIndex
CREATE INDEX "Meeting_heldOn_idx" ON "Meeting"("heldOn");

-- CreateIndex
CREATE UNIQUE INDEX "Inspection_number_key" ON "Inspection"("number");

-- CreateIndex
CREATE INDEX "Inspection_departmentCode_heldOn_idx" ON "Inspection"("departmentCode", "heldOn");

-- CreateIndex
CREATE UNIQUE INDEX "LookBack_month_itemCode_key" ON "LookBack"("month", "itemCode");
