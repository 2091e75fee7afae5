-- CreateTable
CREATE TABLE "Upkeep" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),
    "outcome" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Upkeep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Health" (
    "part" TEXT NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "toldAt" TIMESTAMP(3),

    CONSTRAINT "Health_pkey" PRIMARY KEY ("part")
);

-- CreateTable
CREATE TABLE "Forgotten" (
    "name" TEXT NOT NULL,
    "upTo" INTEGER NOT NULL,

    CONSTRAINT "Forgotten_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "Upkeep_key_key" ON "Upkeep"("key");

-- CreateIndex
CREATE INDEX "Upkeep_doneAt_notBefore_idx" ON "Upkeep"("doneAt", "notBefore");

-- CreateIndex
CREATE INDEX "Upkeep_kind_outcome_doneAt_idx" ON "Upkeep"("kind", "outcome", "doneAt");
