-- AlterTable
ALTER TABLE "TestQuestion" ADD COLUMN "removedAt" DATETIME;

-- CreateTable
CREATE TABLE "SessionStep" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sessionCode" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "byId" TEXT,
    "at" DATETIME NOT NULL,
    "how" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "MonthDemand" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "standing" BOOLEAN NOT NULL DEFAULT false,
    "departmentCode" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "demanded" BOOLEAN NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateIndex
CREATE INDEX "SessionStep_sessionCode_id_idx" ON "SessionStep"("sessionCode", "id");

-- CreateIndex
CREATE INDEX "MonthDemand_month_idx" ON "MonthDemand"("month");
