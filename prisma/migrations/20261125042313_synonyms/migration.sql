-- CreateTable
CREATE TABLE "Synonym" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "word" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "personId" TEXT,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Unheard" (
    "words" TEXT NOT NULL PRIMARY KEY,
    "times" INTEGER NOT NULL DEFAULT 1,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Synonym_word_departmentCode_key" ON "Synonym"("word", "departmentCode");
