-- CreateTable
CREATE TABLE "CarriedOver" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "items" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "CarriedOver_month_departmentCode_key" ON "CarriedOver"("month", "departmentCode");
