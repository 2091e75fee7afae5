-- AlterTable
ALTER TABLE "MonthReport" ADD COLUMN "draftedAt" DATETIME;
ALTER TABLE "MonthReport" ADD COLUMN "draftedBy" TEXT;

-- CreateTable
CREATE TABLE "MonthReview" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "review" TEXT NOT NULL DEFAULT '',
    "experience" TEXT NOT NULL DEFAULT '',
    "plans" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateIndex
CREATE INDEX "MonthReview_month_departmentCode_idx" ON "MonthReview"("month", "departmentCode");
