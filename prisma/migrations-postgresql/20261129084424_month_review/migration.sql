-- AlterTable
ALTER TABLE "MonthReport" ADD COLUMN     "draftedAt" TIMESTAMP(3),
ADD COLUMN     "draftedBy" TEXT;

-- CreateTable
CREATE TABLE "MonthReview" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "review" TEXT NOT NULL DEFAULT '',
    "experience" TEXT NOT NULL DEFAULT '',
    "plans" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "MonthReview_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MonthReview_month_departmentCode_idx" ON "MonthReview"("month", "departmentCode");
