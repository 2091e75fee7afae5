-- CreateTable
CREATE TABLE "Refusal" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL,

    CONSTRAINT "Refusal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Refusal_at_idx" ON "Refusal"("at");
