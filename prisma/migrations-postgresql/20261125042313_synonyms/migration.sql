-- CreateTable
CREATE TABLE "Synonym" (
    "id" SERIAL NOT NULL,
    "word" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "personId" TEXT,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Synonym_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Unheard" (
    "words" TEXT NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Unheard_pkey" PRIMARY KEY ("words")
);

-- CreateIndex
CREATE UNIQUE INDEX "Synonym_word_departmentCode_key" ON "Synonym"("word", "departmentCode");
