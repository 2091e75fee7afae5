-- CreateTable
CREATE TABLE "CarriedOver" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "items" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CarriedOver_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "CarriedOver_month_departmentCode_key" ON "CarriedOver"("month", "departmentCode");
