-- CreateTable
CREATE TABLE "Greeting" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL
);
