-- CreateTable
CREATE TABLE "CommentaryAnswer" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "text" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "CommentaryAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CommentaryAnswer_month_departmentCode_idx" ON "CommentaryAnswer"("month", "departmentCode");
