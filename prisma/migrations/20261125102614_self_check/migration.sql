-- CreateTable
CREATE TABLE "SelfCheck" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "SelfCheckHandIn" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateIndex
CREATE INDEX "SelfCheck_month_departmentCode_idx" ON "SelfCheck"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "SelfCheckHandIn_month_departmentCode_idx" ON "SelfCheckHandIn"("month", "departmentCode");
