-- CreateTable
CREATE TABLE "Snooze" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "day" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "itemCode" TEXT,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Snooze_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Snooze_day_idx" ON "Snooze"("day");

-- CreateIndex
CREATE INDEX "Snooze_personId_idx" ON "Snooze"("personId");
