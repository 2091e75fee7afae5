-- CreateTable
CREATE TABLE "ContactCheck" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "userid" TEXT NOT NULL DEFAULT '',
    "change" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMP(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),

    CONSTRAINT "ContactCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactDifference" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "goneAt" TIMESTAMP(3),

    CONSTRAINT "ContactDifference_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ContactCheck_key_key" ON "ContactCheck"("key");

-- CreateIndex
CREATE INDEX "ContactCheck_doneAt_notBefore_idx" ON "ContactCheck"("doneAt", "notBefore");

-- CreateIndex
CREATE UNIQUE INDEX "ContactDifference_key_key" ON "ContactDifference"("key");
