-- CreateTable
CREATE TABLE "SelfCheck" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "SelfCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SelfCheckHandIn" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "SelfCheckHandIn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SelfCheck_month_departmentCode_idx" ON "SelfCheck"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "SelfCheckHandIn_month_departmentCode_idx" ON "SelfCheckHandIn"("month", "departmentCode");
